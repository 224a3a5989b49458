/** The views bring their style sheets along; here the stage puts them into one. */
declare module '*.css';
