const KEY = 'tautline-chat-name';

/** The name chosen in this tab before it was loaded again; another tab may be somebody else. */
export const getRememberedName = (): string | null => sessionStorage.getItem(KEY);

export function rememberName(name: string | null): void {
  if (name === null) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, name);
}
