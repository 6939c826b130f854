import { useFickle } from '../../../ci/helpers/node/fickledb.cjs';
import { tellHelperStory } from './helper-story.cjs';

tellHelperStory(test, useFickle());
