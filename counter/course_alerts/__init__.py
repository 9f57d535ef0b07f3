"""Alerts: who found no course hears of the first ones that fit."""
