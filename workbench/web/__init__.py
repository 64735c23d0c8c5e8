"""Pages: parse, call one service, render or redirect. The only home of Flask and WTForms."""
