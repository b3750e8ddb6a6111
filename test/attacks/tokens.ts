import { createHmac, timingSafeEqual } from 'node:crypto';

/** Of the server that is attacked. */
const SECRET = 'known to the server alone';

export interface Claims {
  readonly user: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** A token as servers sign them; of a user for an hour, unless said otherwise. */
export function sign(user: string, { expiresAt = Date.now() + 3_600_000, secret = SECRET } = {}): string {
  const claims = Buffer.from(JSON.stringify({ user, expiresAt })).toString('base64url');
  return `${claims}.${signatureOf(claims, secret).toString('base64url')}`;
}

/** What a token says, or `null` when nobody we trust has said it. */
export function verify(token: string): Claims | null {
  const [claims = '', signature = ''] = token.split('.');
  const given = Buffer.from(signature, 'base64url');
  const right = signatureOf(claims, SECRET);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  return JSON.parse(String(Buffer.from(claims, 'base64url'))) as Claims; // ours, since we have signed it
}

const signatureOf = (text: string, secret: string): Buffer => createHmac('sha256', secret).update(text).digest();
