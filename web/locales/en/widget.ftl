# The sample page: the widget and the plain form, each by its name.

demo-widget-name = The widget
demo-widget = One line on the newspaper’s page makes the list and the form below.
demo-form-name = The plain form
demo-form = It can be sent from a browser without JavaScript, too.

docs-widget = The widget for the newspaper’s pages
docs-widget-line = Two lines in the template of an article. Put your site’s key in the place of demo.
docs-widget-pinned = The first line stays as it is. A page that checks what it loads (SRI) names one version like this. When the service is updated, that address answers 404: the page must get the new line (`duyet widget`), and until then shows what stands inside the element, so put the plain form or a link there.
