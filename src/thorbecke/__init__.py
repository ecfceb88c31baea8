"""Thorbecke: a public authority's democracy and digital services, computed in the open."""
