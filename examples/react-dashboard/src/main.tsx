import '@tautline-examples/theme/theme.css';
import './market.css';
import { getAppearance, setAppearance } from '@tautline-examples/shared/page';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';

setAppearance(getAppearance());

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
