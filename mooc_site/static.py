"""Static files with a hash in their name, so that browsers may keep them for a year."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, with the imports between JavaScript modules hashed as well."""

    support_js_module_import_aggregation = True
