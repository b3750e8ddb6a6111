import { ConnectionProvider } from '@tautline/react';
import { ChartCandlestick, MessagesSquare, Radio, TrendingUp } from 'lucide-react';
import { useEffect } from 'react';
import { useUnread } from './chat/chat';
import { ChatPage } from './chat/ChatPage';
import { RoomKeepers } from './chat/RoomKeepers';
import { ConnectionBadge } from './connection/ConnectionBadge';
import { EchoPage } from './echo/EchoPage';
import { holdLine, market } from './line';
import { MarketPage } from './market/MarketPage';
import { AppearanceToggle } from './parts/AppearanceToggle';
import { TabPanel, Tabs, useHashTab } from './parts/Tabs';

const TABS = [
  { id: 'market', label: 'Market', icon: ChartCandlestick },
  { id: 'chat', label: 'Chat', icon: MessagesSquare },
  { id: 'echo', label: 'Echo', icon: Radio },
] as const;
const PAGES = { market: MarketPage, chat: ChatPage, echo: EchoPage };

export function App() {
  const [tab, setTab] = useHashTab(TABS);
  const unread = useUnread();
  const Page = PAGES[tab];
  useEffect(holdLine, []);

  return (
    <ConnectionProvider connection={market}>
      <header className="header">
        <div className="brand">
          <TrendingUp aria-hidden />
          <h1>Tautline Market</h1>
        </div>
        <Tabs tabs={TABS} selected={tab} onSelect={setTab} label="Pages" counts={{ chat: unread }} />
        <div className="end">
          <ConnectionBadge connection={market} />
          <AppearanceToggle />
        </div>
      </header>
      <main>
        <TabPanel id={tab}>
          <Page />
        </TabPanel>
      </main>
      <RoomKeepers />
    </ConnectionProvider>
  );
}
