# The image of a later version, as far as a container knows of it.
ARG BEFORE
FROM ${BEFORE}
USER 0
RUN sed -i 's/"version":"[^"]*"/"version":"99.0.0"/' package.json
USER 1000:1000
