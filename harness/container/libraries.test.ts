import { expect, test } from 'vitest'
import { parseLdd, sharedLibraries } from './libraries.ts'

test('the libraries and the loader are listed, what the kernel brings is not', () => {
  const text = [
    '\tlinux-vdso.so.1 (0x00007fc1d25a1000)',
    '\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007fc1d201e000)',
    '\tlibmissing.so => not found',
    '\t/lib64/ld-linux-x86-64.so.2 (0x00007fc1d25a3000)',
  ]
  expect(parseLdd(text.join('\n'))).toEqual(['/lib/x86_64-linux-gnu/libc.so.6', '/lib64/ld-linux-x86-64.so.2'])
})

test.runIf(process.platform === 'linux')('Node.js loads some, a text none', async () => {
  expect((await sharedLibraries(process.execPath)).length).toBeGreaterThan(0)
  expect(await sharedLibraries(import.meta.filename)).toEqual([])
})
