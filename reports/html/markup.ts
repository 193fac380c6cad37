/** A piece of HTML, as opposed to text that has yet to be escaped. */
export interface Markup {
  readonly html: string
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/**
 * Makes HTML of a template: what is put in is text, and is escaped, unless it is markup itself, or a list of it. So
 * nothing that a daemon says can become part of the page's code.
 */
export function html(
  strings: TemplateStringsArray,
  ...values: readonly (string | number | Markup | readonly Markup[])[]
): Markup {
  return { html: strings.reduce((before, after, index) => before + toHtml(values[index - 1]) + after) }
}

/** Data for the page's script, safe inside of a script element. */
export function json(value: unknown): Markup {
  return { html: JSON.stringify(value).replaceAll('<', '\\u003c') }
}

/** Trusted text of this project: its style and its script. */
export function raw(text: string): Markup {
  return { html: text }
}

function toHtml(value: string | number | Markup | readonly Markup[] | undefined): string {
  if (value === undefined) return ''
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value))
  return 'html' in value ? value.html : value.map(toHtml).join('')
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => ENTITIES[character] as string)
}
