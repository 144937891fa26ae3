# Two stages: the first needs the network, the second has what the first made. deploy/rehearse.sh runs the same
# scripts without Docker.
FROM python:3.13-slim AS build
WORKDIR /app
COPY requirements/base.txt requirements/
COPY deploy/install.sh deploy/
RUN deploy/install.sh
COPY . .
RUN deploy/collect.sh

FROM python:3.13-slim
WORKDIR /app
COPY --from=build /app /app
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin commonplace \
    && install --directory --owner commonplace --group commonplace /app/var /app/var/media
ENV DJANGO_SETTINGS_MODULE=mooc_site.settings.production \
    PYTHONUNBUFFERED=1 \
    BIND=0.0.0.0:8000
# The code belongs to root: the site can write to var/ and nowhere else.
USER commonplace
VOLUME /app/var
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD [".venv/bin/python", "deploy/probe.py"]
CMD ["deploy/start-web.sh"]
