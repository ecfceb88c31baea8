"""Elections of fictitious municipalities, made by the project itself: EML files, and the generator that wrote them."""
