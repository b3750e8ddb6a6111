import '@tautline-examples/theme/theme.css';
import './fleet.css';
import { getAppearance, setAppearance } from '@tautline-examples/shared/page';
import { createApp } from 'vue';
import App from './App.vue';

setAppearance(getAppearance());
createApp(App).mount('#app');
