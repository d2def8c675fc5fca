"""scripts/check_dockerfile finds every kind of violation, and none in this tree."""

import pytest
from checking import SOURCE, finds, passes, plant

GOOD = """# A comment
FROM debian:12 AS build
COPY . /src
RUN /src/scripts/install build && rm -rf /var/lib/apt/lists/*
FROM debian:12-slim AS runtime
COPY --from=build /src/build/release/bin/quoted /usr/local/bin/
RUN apt-get update && apt-get install -y --no-install-recommends libev4 \\
\t&& rm -rf /var/lib/apt/lists/*
LABEL org.opencontainers.image.title="a" org.opencontainers.image.description="b" \\
\torg.opencontainers.image.licenses="MIT" org.opencontainers.image.revision="c"
USER 1000:1000
HEALTHCHECK CMD ["true"]
ENTRYPOINT ["quoted"]
"""

VIOLATIONS = [
    ("FROM debian:12 AS build", "FROM debian:latest AS build", "Dockerfile:2: the base debian:latest"),
    ("FROM debian:12 AS build", "FROM debian AS build", "the base debian is not"),
    ("FROM debian:12 AS build", "FROM debian:12", "the stage has no name"),
    ("debian:12-slim", "debian:12", "not based on debian:12-slim"),
    ("COPY . /src", "ADD . /src", "Dockerfile:3: ADD fetches"),
    ("COPY . /src", "RUN curl http://example.org/x", "this downloads from a URL"),
    ("build && rm -rf /var/lib/apt/lists/*", "build", "Dockerfile:4: the apt lists stay"),
    (" --no-install-recommends", "", "Dockerfile:7: apt-get install without"),
    ("\\\n\t&& rm -rf /var/lib/apt/lists/*", "", "Dockerfile:7: the apt lists stay"),
    (".licenses=", ".license=", "has no LABEL org.opencontainers.image.licenses"),
    ("USER 1000:1000\n", "", "has no USER"),
    ("USER 1000:1000", "USER root", "runs as root"),
    ("USER 1000:1000", "USER 0:0", "runs as root"),
    ("HEALTHCHECK CMD", "CMD", "has no HEALTHCHECK"),
    ('HEALTHCHECK CMD ["true"]', "HEALTHCHECK NONE", "has no HEALTHCHECK"),
    ('ENTRYPOINT ["quoted"]', "ENTRYPOINT quoted", "not in exec form"),
    ('ENTRYPOINT ["quoted"]\n', "", "has no ENTRYPOINT"),
    ("COPY . /src", "ENV API_TOKEN=x", "keeps a secret"),
    (GOOD, "# nothing\n", "there is no FROM"),
]


@pytest.mark.parametrize(("before", "after", "words"), VIOLATIONS)
def test_a_violation_is_found(tmp_path, before, after, words):
    assert before in GOOD
    plant(tmp_path, {"Dockerfile": GOOD.replace(before, after)})
    finds("dockerfile", tmp_path, words)


def test_what_is_allowed_passes(tmp_path):
    plant(tmp_path, {"Dockerfile": GOOD})
    passes("dockerfile", tmp_path)


def test_this_tree():
    passes("dockerfile", SOURCE)
