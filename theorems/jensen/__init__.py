"""Spurious local minima at which every unit is constant on the samples, by Jensen's inequality and by second moments."""
