PYTHON ?= python3

.PHONY: demo serve test check check-code

demo:
	$(PYTHON) run.py demo

serve:
	$(PYTHON) run.py serve

test:
	$(PYTHON) run.py test

check:
	$(PYTHON) run.py check

check-code:
	$(PYTHON) run.py lint
