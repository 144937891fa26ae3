"""What Lighthouse says of the site as it is in production, with the demo in it: `make lighthouse`."""
