import type { LucideIcon } from 'lucide-react';
import { useSyncExternalStore, type KeyboardEvent, type ReactNode } from 'react';
import { Count } from './Count';

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly icon: LucideIcon;
}

interface TabsProps<Id extends string> {
  readonly tabs: readonly Tab<Id>[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
  readonly label: string;
  /** What waits behind a tab; 0 is not shown. */
  readonly counts?: { readonly [id in Id]?: number };
}

/** One tab stop; the arrow keys, Home and End move among the tabs (WAI-ARIA: tabs with automatic activation). */
export function Tabs<Id extends string>({ tabs, selected, onSelect, label, counts = {} }: TabsProps<Id>) {
  const move = (event: KeyboardEvent) => {
    const index = tabs.findIndex(({ id }) => id === selected);
    const target = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: tabs.length - 1 }[event.key];
    const next = target === undefined ? undefined : tabs[(target + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    onSelect(next.id);
    document.getElementById(`tab-${next.id}`)?.focus();
  };

  return (
    <div className="tabs" role="tablist" aria-label={label} onKeyDown={move}>
      {tabs.map(({ id, label, icon: Icon }) => (
        <button
          key={id}
          id={`tab-${id}`}
          type="button"
          role="tab"
          aria-selected={id === selected}
          aria-controls={id === selected ? `panel-${id}` : undefined}
          tabIndex={id === selected ? 0 : -1}
          onClick={() => onSelect(id)}
        >
          <Icon aria-hidden />
          {label}
          <Count count={counts[id]} of="unread" />
        </button>
      ))}
    </div>
  );
}

export function TabPanel({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  return (
    <div className="page" role="tabpanel" id={`panel-${id}`} aria-labelledby={`tab-${id}`}>
      {children}
    </div>
  );
}

/** The selected tab lives in the address, so that it can be linked to and survives a reload. */
export function useHashTab<Id extends string>(tabs: readonly Tab<Id>[]): [Id, (id: Id) => void] {
  const hash = useSyncExternalStore(subscribeToHash, () => location.hash.slice(1));
  const selected = tabs.find(({ id }) => id === hash) ?? tabs[0];
  if (!selected) throw new Error('There is no tab to select.');
  return [selected.id, (id) => (location.hash = id)];
}

function subscribeToHash(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}
