import { LayoutGrid, type LucideIcon } from 'lucide-react';
import { Tooltip } from './Tooltip';

const START = `http://${location.hostname}:${import.meta.env.VITE_START_PORT ?? 4303}`;

/** What this is, and the way back to all examples. */
export function Brand({ icon: Icon, title }: { readonly icon: LucideIcon; readonly title: string }) {
  return (
    <div className="brand">
      <Tooltip text="All examples">
        <a className="button icon quiet" href={START} aria-label="All examples">
          <LayoutGrid aria-hidden />
        </a>
      </Tooltip>
      <Icon className="mark" aria-hidden />
      <h1>{title}</h1>
    </div>
  );
}
