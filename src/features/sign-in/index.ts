export { signInRoutes } from './sign-in.pages.tsx'
