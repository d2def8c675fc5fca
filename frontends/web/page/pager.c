#include "frontends/web/page/pager.h"

/* Pages beside the current one that have a link. */
enum { NEAR = 1 };

size_t pager_pages(const struct pager *pager)
{
	return pager->total > 0 ? (pager->total + pager->limit - 1) / pager->limit : 1;
}

size_t pager_offset(const struct pager *pager)
{
	return (pager->page - 1) * pager->limit;
}

static void write_number(
	const struct pager *pager, const char *address, size_t number, struct buffer *out)
{
	if (number == pager->page)
		buffer_format(out, "<li><b aria-current=page>%zu</b> ", number);
	else
		buffer_format(out, "<li><a href=\"%s%zu\">%zu</a> ", address, number, number);
}

static void write_way(const char *address, size_t number, const char *relation, const char *name,
	struct buffer *out)
{
	buffer_format(out, "<li><a href=\"%s%zu\" rel=%s>%s</a> ", address, number, relation, name);
}

void pager_write(const struct pager *pager, const char *address, struct buffer *out)
{
	size_t last = pager_pages(pager);
	bool gap = false;
	if (last == 1)
		return;
	buffer_add(out, "<nav class=i aria-label=Pages><ul>");
	if (pager->page > 1)
		write_way(address, pager->page > last ? last : pager->page - 1, "prev", "Previous",
			out);
	for (size_t i = 1; i <= last; i++) {
		bool near = i + NEAR >= pager->page && i <= pager->page + NEAR;
		if (near || i == 1 || i == last)
			write_number(pager, address, i, out);
		else if (!gap)
			buffer_add(out, "<li>\xe2\x80\xa6 ");
		gap = !near && i != 1 && i != last;
	}
	if (pager->page < last)
		write_way(address, pager->page + 1, "next", "Next", out);
	buffer_format(out, "</ul><p>Page %zu of %zu</p></nav>", pager->page, last);
}
