ALTER INDEX __searched_words RESET (fastupdate);
