import { useFickle } from '../../../ci/helpers/node/fickledb.cjs';
import { tellForgottenFault } from './helper-story.cjs';

tellForgottenFault(test, useFickle());
