PYTHON ?= python3

.PHONY: demo test check check-code

demo:
	$(PYTHON) run.py demo

test:
	$(PYTHON) run.py test

check:
	$(PYTHON) run.py check

check-code:
	$(PYTHON) run.py lint
