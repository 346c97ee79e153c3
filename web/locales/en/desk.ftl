# The frame around every page of the dashboard

desk-ways = Pages
place-queue = Queue
