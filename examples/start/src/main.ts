import '@tautline-examples/theme/theme.css';
import './start.css';
import { getAppearance, setAppearance } from '@tautline-examples/shared/page/appearance';
import { appearanceChoices } from './appearanceChoices';
import { byId } from './element';
import { exampleCard } from './exampleCard';
import { EXAMPLES } from './examples';
import { follow, line } from './line';
import { buildFigures, showServer } from './serverCard';
import { showSource } from './showSource';

setAppearance(getAppearance());
byId('appearance').append(...appearanceChoices());
byId('examples').append(...EXAMPLES.map((example) => exampleCard(example, (path) => void showSource(path))));
byId('figures').append(...buildFigures());

follow(showServer);
showServer();
setInterval(() => line.getSnapshot().status === 'reconnecting' && showServer(), 100); // the countdown
