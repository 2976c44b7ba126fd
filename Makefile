PYTHON ?= python3

.PHONY: demo test check-code

demo:
	$(PYTHON) run.py demo

test:
	$(PYTHON) run.py test

check-code:
	$(PYTHON) run.py lint
