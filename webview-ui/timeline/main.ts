import './page/page.css';
import { extensionSource } from './extensionSource.ts';
import { startPage } from './start.ts';

const root = document.getElementById('root');
if (root) void startPage(root, extensionSource());
