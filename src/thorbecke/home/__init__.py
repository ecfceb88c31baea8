"""Front page, navigation and search: joins the rooms for a person."""
