/** A style sheet that a page imports goes into the style sheet of its bundle. */
declare module '*.css';
