import { Portal } from '@ark-ui/react/portal';
import { Toast, Toaster } from '@ark-ui/react/toast';
import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import { toaster } from './toaster';

const ICONS: Readonly<Record<string, typeof Info>> = {
  success: CircleCheck,
  warning: TriangleAlert,
  error: CircleAlert,
};

/** Once per page: where `toaster` shows what it is given. */
export function Toasts() {
  return (
    <Portal>
      <Toaster toaster={toaster}>
        {({ title, description, type = 'info' }) => {
          const Icon = ICONS[type] ?? Info;
          return (
            <Toast.Root className="toast">
              <Icon aria-hidden />
              <div className="grow">
                <Toast.Title>{title}</Toast.Title>
                {description && <Toast.Description className="muted small">{description}</Toast.Description>}
              </div>
              <Toast.CloseTrigger className="button icon quiet">
                <X aria-hidden />
              </Toast.CloseTrigger>
            </Toast.Root>
          );
        }}
      </Toaster>
    </Portal>
  );
}
