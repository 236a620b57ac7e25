// esbuild puts these files beside the scripts; a file of data is imported as its address.
declare module "*.json" {
  const address: string;
  export default address;
}
declare module "*.css";
