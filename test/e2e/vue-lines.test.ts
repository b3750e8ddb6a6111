import { linesSurvive } from './lineFaults';

linesSurvive('vue-dashboard', ['fleet', 'chat', 'echo']);
