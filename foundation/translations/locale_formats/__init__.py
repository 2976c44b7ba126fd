"""Dates and times as both languages of Finland write them: 11.10.2018 and 9.00.

Django's own Swedish formats are those of Sweden.
"""
