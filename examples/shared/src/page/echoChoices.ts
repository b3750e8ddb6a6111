/** Close codes worth trying, and what Tautline does about each by default. */
export const CLOSE_CODES: readonly { readonly code: number; readonly meaning: string }[] = [
  { code: 1000, meaning: 'normal: retries, only your own disconnect is final' },
  { code: 1006, meaning: 'no close frame, the line is cut: retries' },
  { code: 1008, meaning: 'policy violation: stops' },
  { code: 1011, meaning: 'server error: retries' },
  { code: 1012, meaning: 'service restart: retries soon' },
  { code: 1013, meaning: 'try again later: waits long' },
  { code: 4401, meaning: 'unauthorised: new credentials, once' },
  { code: 4403, meaning: 'forbidden: stops' },
  { code: 4429, meaning: 'too many requests: waits long' },
];

export const COMPOSE_FORMATS = ['text', 'json', 'binary'] as const;
export type ComposeFormat = (typeof COMPOSE_FORMATS)[number];

/** What the composer starts with in each format. */
export const SAMPLES: Readonly<Record<ComposeFormat, string>> = {
  text: 'Hello over there',
  json: '{ "type": "greeting", "to": "there" }',
  binary: '00 01 7f 80 ff',
};

/** What the composer holds, ready to send; a mistake as an `Error` whose message says what to write. */
export function compose(format: ComposeFormat, input: string): string | Uint8Array<ArrayBuffer> | Error {
  switch (format) {
    case 'text':
      return input;
    case 'json':
      try {
        return JSON.stringify(JSON.parse(input));
      } catch {
        return new Error('This is not JSON. Names and texts need double quotes.');
      }
    case 'binary': {
      const digits = input.replace(/[\s,]|0x/gi, '');
      if (digits.length % 2 || /[^0-9a-f]/i.test(digits))
        return new Error('Write bytes as pairs of hexadecimal digits, for instance 00 7f ff.');
      return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
    }
  }
}
