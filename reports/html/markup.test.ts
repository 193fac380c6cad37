import { expect, test } from 'vitest'
import { html, json, raw } from './markup.ts'

test('text is escaped, markup is not, and lists are joined', () => {
  const items = ['<a>', '"b"'].map(text => html`<li title="${text}">${text}</li>`)
  expect(html`<ul>${items}</ul>${raw('<br>')}${1}`.html).toBe(
    '<ul><li title="&lt;a&gt;">&lt;a&gt;</li><li title="&quot;b&quot;">&quot;b&quot;</li></ul><br>1',
  )
})

test('data cannot end the script that holds it', () => {
  const { html: text } = json({ evil: '</script><script>alert(1)' })
  expect(text).not.toContain('</script>')
  expect(JSON.parse(text)).toEqual({ evil: '</script><script>alert(1)' })
})
