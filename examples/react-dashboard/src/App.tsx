import { ConnectionProvider } from '@tautline/react';
import { ChartCandlestick, MessagesSquare, Radio, TrendingUp } from 'lucide-react';
import { useEffect } from 'react';
import { useUnread } from './chat/chat';
import { ChatPage } from './chat/ChatPage';
import { RoomKeepers } from './chat/RoomKeepers';
import { EchoPage } from './echo/EchoPage';
import { holdLine, market } from './line';
import { MarketKeeper } from './market/MarketKeeper';
import { MarketPage } from './market/MarketPage';
import { AppearanceToggle } from './parts/AppearanceToggle';
import { Brand } from './parts/Brand';
import { TabList, TabPanel, Tabs } from './parts/Tabs';
import { Toasts } from './parts/Toasts';
import { useHashTab } from './parts/useHashTab';

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
      <Tabs value={tab} onChange={setTab}>
        <header className="header">
          <Brand icon={TrendingUp} title="Tautline Market" />
          <TabList tabs={TABS} label="Pages" counts={{ chat: unread }} />
          <div className="end">
            <AppearanceToggle />
          </div>
        </header>
        <main>
          <TabPanel id={tab} className="page">
            <Page />
          </TabPanel>
        </main>
      </Tabs>
      <MarketKeeper />
      <RoomKeepers />
      <Toasts />
    </ConnectionProvider>
  );
}
