import { describe, expect, it } from 'vitest';
import { readName, readText, userOf } from './readInput';

const HOSTILE = {
  'only spaces': ' \t\u00a0 ',
  'only what shows nothing': '\u200b\u200d',
  'an override of the writing direction': 'Ann\u202enimda',
  'an isolate': '\u2066Ann',
  'a control character': 'A\u0007nn',
  'a line break': 'Ann\nBob',
  'half a character': 'Ann\ud83d',
};

describe('a name', () => {
  it('is what was written, without the spaces around it', () => {
    expect(readName('  Ann ')).toBe('Ann');
    expect(readName('Łucja Ж. 李 👩‍🚀')).toBe('Łucja Ж. 李 👩‍🚀');
  });

  it('has at most 32 characters, an emoji being one', () => {
    expect(readName('🦊'.repeat(32))).toBe('🦊'.repeat(32));
    expect(readName('x'.repeat(33))).toBeInstanceOf(Error);
  });

  it.each(Object.entries(HOSTILE))('is not %s', (_what, input) => {
    expect(readName(input)).toBeInstanceOf(Error);
  });

  it('belongs to one user, whatever the capitals', () => {
    expect(userOf('ANN')).toBe(userOf('Ann'));
    expect(userOf('Ａｎｎ')).toBe(userOf('Ann'));
    expect(userOf('Anna')).not.toBe(userOf('Ann'));
  });
});

describe('a text', () => {
  it('is what was written, markup and all, without the space around it', () => {
    expect(readText(' <script>alert(1)</script>\n')).toBe('<script>alert(1)</script>');
    expect(readText('a\u202eb')).toBe('a\u202eb');
  });

  it('keeps one empty line, and no more', () => {
    expect(readText('one\r\n\r\n\r\n\r\ntwo')).toBe('one\n\ntwo');
  });

  it('has at most 2,000 characters, and says how many there are', () => {
    expect(readText('é'.repeat(2_000))).toHaveLength(2_000);
    expect(readText('x'.repeat(10_000))).toEqual(
      new Error('A message has at most 2,000 characters; this one has 10,000.'),
    );
  });

  it.each(['', '   \n ', '\u200b'])('needs something to read: %j', (input) => {
    expect(readText(input)).toEqual(new Error('A message needs something to read.'));
  });
});
