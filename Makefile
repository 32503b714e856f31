# `make run` and `make test` set everything up by themselves; `make help` lists the rest.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PORT ?= 8501

.PHONY: run test lint index evaluate corpus clean help
.DEFAULT_GOAL := help

run: index  ## set up, index corpus/, start the app and print its address
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: .venv/ready  ## set up, then run all tests
	$(BIN)/python -m pytest -n 2 --no-loadscope-reorder

lint: .venv/ready  ## ruff, formatting, types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# 1 says that some file could not be read: it is reported, and the rest is in the index.
index: .venv/ready  ## bring index/ up to date with corpus/
	$(BIN)/python -m ingest run corpus/ --index index/ || [ $$? -eq 1 ]

evaluate: index  ## measure every ranking on the shipped judgments, by language and half
	$(BIN)/python -m search evaluate tests/judgments --index index/ --setting all --baseline engine

corpus: .venv/ready  ## rebuild the sample corpus from samples/
	$(BIN)/python -m samples build
	$(BIN)/python -m samples check

clean:  ## remove the environment and the index (not the model cache)
	rm -rf .venv index

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

.venv/ready: requirements.txt constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 is needed: make PYTHON=/path/to/python3.11" if sys.version_info[:2] != (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@
