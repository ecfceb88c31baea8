"""How everything looks: page layout, components, error pages and language."""
