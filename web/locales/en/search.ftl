# Searching and filtering comments.

search-no-word = There is no letter or digit to search for. Type at least one word of the text, name or email.
search-too-long = That is too long to search for ({ $max } words at most). Shorten it.
