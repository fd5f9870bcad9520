# Unity in a container: docs/install.md. Builds on amd64 and arm64, with BuildKit and without.
ARG NODE=node:24-bookworm-slim

FROM ${NODE} AS build
WORKDIR /unity
# Packages first: they change less often than the sources.
COPY package.json package-lock.json .npmrc ./
# Of a registry of your own: --build-arg NPM_CONFIG_REGISTRY=https://...
ARG NPM_CONFIG_REGISTRY
RUN npm install --include=dev --no-audit --no-fund
COPY . .
RUN npm run build

FROM ${NODE}
LABEL org.opencontainers.image.title="Unity" \
      org.opencontainers.image.description="The homelab monitor: 39 plugins, live charts, alerts for what matters." \
      org.opencontainers.image.licenses="MIT"
# A volume that is made new belongs to whom the folder belongs to.
RUN mkdir /data && chown 1000:1000 /data \
 && printf '#!/bin/sh\nexec node /unity/unity.js "$@"\n' > /usr/local/bin/unity && chmod 755 /usr/local/bin/unity
WORKDIR /unity
COPY --from=build /unity/LICENSE /unity/scripts/start/healthy.mjs ./
COPY --from=build /unity/.next/standalone ./
# The last two as in scripts/start/node-flags.mjs.
ENV NODE_ENV=production \
    NEXT_TELEMETRY_DISABLED=1 \
    HOST=0.0.0.0 \
    PORT=3000 \
    UNITY_DATA=/data \
    UNITY_PROVISION=/etc/unity/provision \
    MALLOC_ARENA_MAX=2 \
    MALLOC_MMAP_THRESHOLD_=131072
USER 1000:1000
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 CMD ["node", "healthy.mjs"]
# Flags as in scripts/start/node-flags.mjs.
ENTRYPOINT ["node", "--max-semi-space-size=4", "--heap-growing-percent=20", "main.js"]
