import { Tabs as Ark } from '@ark-ui/react/tabs';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Count } from './Count';

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly icon?: LucideIcon;
}

interface TabsProps<Id extends string> {
  readonly value: Id;
  readonly onChange: (id: Id) => void;
  /** A `TabList`, and a `TabPanel` for the chosen tab, wherever in it they stand. */
  readonly children: ReactNode;
  readonly className?: string;
}

export function Tabs<Id extends string>({ value, onChange, children, className }: TabsProps<Id>) {
  return (
    <Ark.Root
      className={className}
      value={value}
      onValueChange={(details) => onChange(details.value as Id)} // the ids in the list are the only values
    >
      {children}
    </Ark.Root>
  );
}

interface TabListProps<Id extends string> {
  readonly tabs: readonly Tab<Id>[];
  readonly label: string;
  /** What waits behind a tab; 0 is not shown. */
  readonly counts?: { readonly [id in Id]?: number };
}

export function TabList<Id extends string>({ tabs, label, counts = {} }: TabListProps<Id>) {
  return (
    <Ark.List className="tabs" aria-label={label}>
      {tabs.map(({ id, label, icon: Icon }) => (
        <Ark.Trigger key={id} value={id}>
          {Icon && <Icon aria-hidden />}
          {label}
          <Count count={counts[id]} of="unread" />
        </Ark.Trigger>
      ))}
    </Ark.List>
  );
}

interface TabPanelProps {
  readonly id: string;
  readonly className?: string;
  readonly children: ReactNode;
}

export function TabPanel({ id, className, children }: TabPanelProps) {
  return (
    <Ark.Content value={id} className={className}>
      {children}
    </Ark.Content>
  );
}
