import { unreadInAll } from './chatState';
import type { ChatStore } from './chatStore';

/** Says in the title of the page how much waits to be read, and tells the chat when somebody looks at the page. */
export function showUnreadInTitle(store: ChatStore, page: Document = document): void {
  const { title } = page;
  const write = () => {
    const unread = unreadInAll(store.getSnapshot());
    page.title = unread ? `(${unread}) ${title}` : title;
  };
  const look = () => store.look(page.visibilityState === 'visible');
  store.subscribe(write);
  page.addEventListener('visibilitychange', look);
  look();
}
