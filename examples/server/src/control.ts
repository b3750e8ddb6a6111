import type { IncomingMessage, ServerResponse } from 'node:http';
import { FAULTS, type Fault } from '@tautline-examples/shared';
import { mayConnect, mayControl } from './access';

const PATH = /^\/control\/(\w+)$/;
const MAX_SECONDS = 60;

/** `POST /control/<fault>` with `{ "seconds": n }`, and `GET /health`. */
export function serveHttp(
  request: IncomingMessage,
  response: ServerResponse,
  { origins, health, hurt }: HttpContext,
): void {
  const { method, headers, url = '/' } = request;
  const fault = FAULTS.find((name) => name === PATH.exec(url)?.[1]);
  const answer = (status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

  response.setHeader('vary', 'origin');
  if (headers.origin !== undefined && mayConnect(headers.origin, origins)) {
    response.setHeader('access-control-allow-origin', headers.origin);
    response.setHeader('access-control-allow-headers', 'content-type');
  }
  if (method === 'OPTIONS') response.writeHead(204).end();
  else if (method === 'GET' && url === '/health') answer(200, health());
  else if (method !== 'POST' || !fault)
    answer(404, { error: `There is GET /health and POST /control/{${FAULTS.join(',')}}.` });
  else if (!mayControl(request, origins))
    answer(403, { error: 'Only the dashboards on this machine may hurt the line.' });
  else {
    void readSeconds(request).then((seconds) => {
      if (seconds === null) return answer(400, { error: `Send { "seconds": n }, n from 1 to ${MAX_SECONDS}.` });
      response.once('finish', () => hurt(fault, seconds)); // the answer still goes over a healthy line
      answer(202, { fault, seconds });
    });
  }
}

export interface HttpContext {
  readonly origins: readonly string[];
  health(): unknown;
  hurt(fault: Fault, seconds: number): void;
}

async function readSeconds(request: IncomingMessage): Promise<number | null> {
  try {
    let body = '';
    for await (const chunk of request) {
      body += String(chunk);
      if (body.length > 1_000) return null;
    }
    const { seconds } = JSON.parse(body) as { seconds?: unknown };
    return typeof seconds === 'number' && seconds >= 1 && seconds <= MAX_SECONDS ? seconds : null;
  } catch {
    return null;
  }
}
