import { Messages, type Message } from './Messages';

const LIVE_URL = process.env.LIVE_URL ?? 'ws://localhost:8080/live';

/** Rendered for each request, not once at build time. */
export const dynamic = 'force-dynamic';

/** A server component: what was said so far is in the HTML, what will be said comes over the line. */
export default async function Page() {
  return <Messages url={LIVE_URL} initial={await fetchMessages()} />;
}

/** Empty while the live server is down: the page renders, and the line brings the messages later. */
async function fetchMessages(): Promise<Message[]> {
  try {
    const response = await fetch(new URL('/messages', LIVE_URL.replace('ws', 'http')));
    return await response.json();
  } catch {
    return [];
  }
}
