# `make help` lists the targets; every target does its own set-up.
SHELL := /bin/bash
SWIFT ?= swift
DEBIAN_PACKAGES := libsqlite3-dev libyaml-dev libsimdjson-dev libre2-dev libssl-dev liblua5.2-dev openssl pkg-config
SCENARIO ?= scenarios/namespace-consolidation/scenario.yaml

# For how long the fuzzers run, and where they start.
SECONDS ?= 600
SEED ?= 1
FUZZ_RECORDINGS ?= Tests/ConformanceTests/Traces

.PHONY: help setup rehearse report-sample test certificates build bench fuzz fuzz-entry-points lint format docs dist clean

help: ## help: list the targets
	@sed -n 's/^[a-z-]*:.*## //p' Makefile | column -t -s ':'

setup:
	@command -v $(SWIFT) >/dev/null || { echo "error: no Swift toolchain: install Swift 6.1 or later (https://swift.org/install) and put it on PATH" >&2; exit 2; }
	@missing=""; for package in $(DEBIAN_PACKAGES); do dpkg -s $$package >/dev/null 2>&1 || missing="$$missing $$package"; done; \
	if [ -n "$$missing" ]; then \
		echo "installing:$$missing"; \
		sudo=""; [ "$$(id -u)" = 0 ] || sudo="sudo"; \
		$$sudo apt-get update -qq && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing >/dev/null \
			|| { echo "error: could not install$$missing; install them by hand and run make again" >&2; exit 2; }; \
	fi

rehearse: setup ## rehearse: build, then rehearse the incident and write its report
	$(SWIFT) build -c release --product rehearse
	@status=0; .build/release/rehearse run $(SCENARIO) || status=$$?; [ $$status -le 1 ]

report-sample: setup ## report-sample: write the committed report of the incident anew
	$(SWIFT) build -c release --product rehearse
	.build/release/rehearse report $(SCENARIO) -o reports/namespace-consolidation.md

# Each stage is timed, keeps its output in .build/ci, and ends make where it fails. docs/testing.md says what each is for.
test: setup ## test: what CI runs: lint, every test, canaries, the release build
	@.ci/stage begin
	@.ci/stage lint $(SWIFT) format lint --strict --recursive Sources Tests
	@.ci/stage build $(SWIFT) build --build-tests
	@.ci/stage test $(SWIFT) test --skip-build
	@.ci/stage canary .ci/canary .build/debug/rehearse $(SWIFT) test --skip-build --filter CanaryTests
	@.ci/stage release-build $(SWIFT) build -c release --product rehearse
	@REHEARSE_BINARY="$(CURDIR)/.build/release/rehearse" .ci/stage release-test $(SWIFT) test --skip-build --filter CommandLineTests
	@.ci/stage release-canary .ci/canary .build/release/rehearse
	@.ci/stage end

certificates: setup ## certificates: hold 100,000 names and certificates against the openssl command (40 minutes of a core)
	REHEARSE_OPENSSL_PAIRS=100000 $(SWIFT) test --filter OpenSSLCommandTests

build: setup ## build: the release build of the command
	$(SWIFT) build -c release --product rehearse

bench: setup ## bench: run the benchmarks
	REHEARSE_BENCHMARKS=1 $(SWIFT) package --scratch-path .build-bench benchmark --target EngineBenchmarks --no-progress

fuzz: setup ## fuzz: change inputs of every kind for SECONDS=600 and give them to the command; finds become cases
	REHEARSE_FUZZ=1 $(SWIFT) build -c release --product rehearse
	REHEARSE_FUZZ=1 $(SWIFT) build -c release --product rehearse-fuzz
	.build/release/rehearse-fuzz run --seconds $(SECONDS) --seed $(SEED) $(foreach folder,$(FUZZ_RECORDINGS),--recordings $(folder))

fuzz-entry-points: setup ## fuzz-entry-points: libFuzzer on each reader of bytes, SECONDS=600 for all; finds become cases
	REHEARSE_FUZZ=1 $(SWIFT) build -c release --product rehearse-fuzz
	@mkdir -p .build-fuzz && echo 'public func f() {}' > .build-fuzz/probe.swift; \
	if $(SWIFT)c -sanitize=fuzzer -use-ld=lld -parse-as-library -emit-library -o .build-fuzz/probe .build-fuzz/probe.swift 2>/dev/null; \
	then REHEARSE_FUZZ=libFuzzer $(SWIFT) build -c release --scratch-path .build-fuzz \
		--product rehearse-fuzz-entry-points -Xswiftc -sanitize=fuzzer -Xswiftc -use-ld=lld \
		-Xcc -fsanitize=fuzzer-no-link -Xcxx -fsanitize=fuzzer-no-link; \
	else echo "no libFuzzer in this toolchain: bytes are changed at random instead"; \
		REHEARSE_FUZZ=bytes $(SWIFT) build -c release --scratch-path .build-fuzz --product rehearse-fuzz-entry-points; fi
	.build/release/rehearse-fuzz entry-points --seconds $(SECONDS) --seed $(SEED)

lint: setup ## lint: check the format of every source file
	$(SWIFT) format lint --strict --recursive Sources Tests

format: setup ## format: format every source file
	$(SWIFT) format --in-place --recursive Sources Tests

docs: ## docs: where to start reading
	@echo "docs/getting-started.md, then docs/architecture.md"; ls docs

dist: build ## dist: the release binary as an archive in dist/
	mkdir -p dist && cp .build/release/rehearse dist/ && tar -C dist -czf dist/rehearse.tar.gz rehearse

clean: ## clean: remove what was built
	rm -rf .build .build-bench .build-fuzz dist
