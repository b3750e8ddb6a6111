import { Dialog as Ark } from '@ark-ui/react/dialog';
import { Portal } from '@ark-ui/react/portal';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';

interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly children: ReactNode;
}

/** Over the page, which waits: the focus stays inside, Escape closes. */
export function Dialog({ open, onOpenChange, title, children }: DialogProps) {
  return (
    <Ark.Root open={open} onOpenChange={(details) => onOpenChange(details.open)} lazyMount unmountOnExit>
      <Portal>
        <Ark.Backdrop className="backdrop" />
        <Ark.Positioner className="dialog-place">
          <Ark.Content className="card dialog">
            <header>
              <Ark.Title>{title}</Ark.Title>
              <div className="end">
                <Ark.CloseTrigger className="button icon quiet" aria-label="Close">
                  <X aria-hidden />
                </Ark.CloseTrigger>
              </div>
            </header>
            <div className="body">{children}</div>
          </Ark.Content>
        </Ark.Positioner>
      </Portal>
    </Ark.Root>
  );
}
