import { ConnectionProvider } from '@tautline/react';
import { ChartCandlestick, Radio, TrendingUp } from 'lucide-react';
import { useEffect } from 'react';
import { ConnectionBadge } from './connection/ConnectionBadge';
import { EchoPage } from './echo/EchoPage';
import { holdLine, market } from './line';
import { MarketPage } from './market/MarketPage';
import { AppearanceToggle } from './parts/AppearanceToggle';
import { TabPanel, Tabs, useHashTab } from './parts/Tabs';

const TABS = [
  { id: 'market', label: 'Market', icon: ChartCandlestick },
  { id: 'echo', label: 'Echo', icon: Radio },
] as const;

export function App() {
  const [tab, setTab] = useHashTab(TABS);
  useEffect(holdLine, []);

  return (
    <ConnectionProvider connection={market}>
      <header className="header">
        <div className="brand">
          <TrendingUp aria-hidden />
          <h1>Tautline Market</h1>
        </div>
        <Tabs tabs={TABS} selected={tab} onSelect={setTab} label="Pages" />
        <div className="end">
          <ConnectionBadge connection={market} />
          <AppearanceToggle />
        </div>
      </header>
      <main>
        <TabPanel id={tab}>{tab === 'market' ? <MarketPage /> : <EchoPage />}</TabPanel>
      </main>
    </ConnectionProvider>
  );
}
