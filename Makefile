# Proscenium's front door. Anything with logic is in `cargo xtask` (crates/xtask).
.DEFAULT_GOAL := help
.PHONY: help up test dev bench lint setup codegen format extension tools

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

up: tools ## install what is missing, build, start the server and print its address (ARGS="--port 8080")
	@cargo xtask up -- $(ARGS)

test: tools ## run every test (PART=rust|engines|page|web|extension|e2e for one part)
	@cargo xtask test $(PART)

dev: tools ## start the server in its debug build and the web UI with hot reload
	@cargo xtask dev

bench: tools ## measure the product and its peers side by side (ARGS="--repeat=20")
	@cargo xtask bench -- $(ARGS)

lint: tools ## check format, lints, dependencies, types and generated files (CHECK=clippy for one)
	@cargo xtask lint $(CHECK)

format: tools ## format the Rust and TypeScript sources
	@cargo fmt --all
	@npm run --silent format

setup: tools ## only install what is missing: a browser, ffmpeg, fonts, npm packages
	@cargo xtask setup

extension: tools ## build the recorder extension into extension/dist
	@cargo xtask setup
	@npm run --silent build --workspace extension

codegen: tools ## make the generated files again
	@cargo xtask codegen

tools:
	@sh scripts/tools.sh
