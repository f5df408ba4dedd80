export { localPath, signInRoutes } from './sign-in.pages.tsx'
