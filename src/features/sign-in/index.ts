export { codeRoutes } from './code.pages.tsx'
export { signInRoutes } from './sign-in.pages.tsx'
