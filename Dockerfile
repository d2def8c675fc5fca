# docker build -t quoted .                  the program
# docker build --target test .              every test, in the image
# docker run --read-only -p 8017:8017 -p 1717:1717 quoted
FROM debian:12 AS build
WORKDIR /src
COPY scripts/install scripts/
RUN scripts/install build && rm -rf /var/lib/apt/lists/*
COPY . .
# The image has no .git to ask: docker build --build-arg REVISION="$(git describe --always --tags)"
ARG REVISION=unknown
RUN QUOTED_REVISION=$REVISION scripts/build release && cmake --install build/release --prefix /usr/local

FROM build AS test
RUN scripts/install test && rm -rf /var/lib/apt/lists/*
RUN scripts/test

FROM debian:12-slim AS runtime
COPY scripts/install /tmp/
RUN /tmp/install runtime && rm /tmp/install && rm -rf /var/lib/apt/lists/*
COPY --from=build /usr/local/bin/quoted /usr/local/bin/
COPY --from=build /usr/local/share/quoted /usr/local/share/quoted
COPY scripts/health /usr/local/bin/quoted-health
# For a volume, if mail is configured: docker run -v quoted:/var/lib/quoted ...
RUN install -d -o 65532 -g 65532 -m 0750 /var/lib/quoted
COPY config/container.conf /etc/quoted/quoted.conf
ARG REVISION=unknown
LABEL org.opencontainers.image.title="quoted" \
	org.opencontainers.image.description="Quotes from one core over QOTD, the web, mail and IRC" \
	org.opencontainers.image.licenses="MIT" \
	org.opencontainers.image.revision="$REVISION"
USER 65532:65532
EXPOSE 1717/tcp 8017/tcp
HEALTHCHECK --interval=30s --timeout=5s --start-period=5s CMD ["quoted-health"]
ENTRYPOINT ["quoted"]
CMD ["-c", "/etc/quoted/quoted.conf"]
